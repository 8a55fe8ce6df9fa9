# From lines of a case, a tab and a number to tables. Sourced by tests/bench.

# CASE<tab>NUMBER lines become one aligned row a case, in the order in which they came first, with ratios to the
# first of them. $1 says what it is about, $2 is the unit. The rows are kept for docs/speed.md.
table() {
    awk -F '\t' '!($1 in place) { place[$1] = ++cases } { print place[$1] "\t" $0 }' \
        | sort -t "$(printf '\t')" -k 1,1n -k 3,3n \
        | awk -F '\t' -v OFS='\t' -v about="$1" -v unit="$2" '
            function row(    median, part) {
                if (!runs) return
                median = (times[int((runs + 1) / 2)] + times[int(runs / 2) + 1]) / 2
                if (!first) first = median
                split(name, part, "@")
                print about, unit, part[1], part[2], runs, median, times[runs], median / first
            }
            $1 != at { row(); at = $1; name = $2; runs = 0 }
            { times[++runs] = $3 }
            END { row(); if (!NR) exit 1 }' >"$scratch/table"
    cat "$scratch/table" >>"$scratch/rows"
    awk -F '\t' '
        NR == 1 { printf "%-58s %-8s %5s %10s %10s %7s\n", "", "build", "runs", "median " $2, "worst", "ratio" }
        { printf "%-58s %-8s %5d %10s %10s %7.2f\n", $3, $4, $5, number($6), number($7), $8 }
        '"$number" "$scratch/table"
}

# Three figures that say something.
number='function number(n) { return sprintf(n == int(n) ? "%d" : n < 10 ? "%.2f" : n < 100 ? "%.1f" : "%.0f", n) }'

# Beside each other what the program does in both builds, and below it what it stands beside, or what has no builds to
# compare.
markdown() {
    awk -F '\t' -v part="$1" '($2 == "ms" && $1 != "callback to page") == (part == "times")' "$scratch/rows" | awk -F '\t' '
        function cell(with_ratio) { return number($6) " " $2 (with_ratio ? sprintf(" (%.2f ×)", $8) : "") }
        !($1 in seen) { seen[$1] = 1; compared[$1] = $4 == "" }
        { key = $1 "\t" $3 }
        !(key in place) { place[key] = ++rows; label[rows] = ($2 == "ms" ? "" : $1 ": ") $3 }
        { about[rows] = $1 }
        $4 == "" { alone[place[key]] = cell(0) }
        $4 != "" { own[place[key], $4] = cell(compared[$1]); built[$1] = 1 }
        END {
            print "| `sellauth` | static | dynamic |\n|---|---|---|"
            for (row = 1; row <= rows; row++)
                if ((row, "static") in own) print "| " label[row] " | " own[row, "static"] " | " own[row, "dynamic"] " |"
            print "\n| beside it | |\n|---|---|"
            for (row = 1; row <= rows; row++)
                if (row in alone && about[row] in built) print "| " label[row] " | " alone[row] " |"
            for (row = 1; row <= rows; row++) {
                if (about[row] in built) continue
                if (about[row] != last) print "\n| " about[row] " | |\n|---|---|"
                last = about[row]
                print "| " label[row] " | " alone[row] " |"
            }
        }'"$number"
}

machine() {
    local processor system
    processor=$(awk -F ': ' '/^model name/ { print $2; exit }' /proc/cpuinfo)
    system=$(. /etc/os-release && echo "$PRETTY_NAME")
    printf 'Medians of `tests/bench --readme` on %s: %s, %d processors, %s, Linux %s.\n' \
        "$(date -u +%Y-%m-%d)" "${processor:-$(uname -m)}" "$(nproc)" "$system" "$(uname -r | cut -d - -f 1)"
}

# Writes everything between the two marks in docs/speed.md.
write_readme() {
    write_tables docs/speed.md times rest
}

write_tables() {
    local file=$1 table
    shift
    { machine; for table; do echo; markdown "$table"; done; } >"$scratch/written"
    awk -v file="$scratch/written" '
        /^<!-- tests\/bench -->$/ { print; while ((getline line < file) > 0) print line; inside = 1; found = 1 }
        /^<!-- until here -->$/ { inside = 0 }
        !inside { print }
        END { exit !found }' "$root/$file" >"$scratch/rewritten"
    cp "$scratch/rewritten" "$root/$file"
    say "$file"
    cat "$scratch/written"
}
