// Makes many shops of one in a vault: fleet.mjs NAME COUNT copies the entry of the shop called NAME as `shop-2` to
// `shop-COUNT`, all of them renewed long ago. VAULT_ADDR and VAULT_TOKEN say where.
import { randomUUID } from "node:crypto";

const [name, count] = process.argv.slice(2);
const at = `${process.env.VAULT_ADDR}/v1/secret/data/sellauth`;
const headers = { "X-Vault-Token": process.env.VAULT_TOKEN };

async function read(path) {
    const answer = await fetch(`${at}/${path}`, { headers });
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    return (await answer.json()).data.data;
}

async function write(path, data) {
    const body = JSON.stringify({ options: { cas: 0 }, data });
    const answer = await fetch(`${at}/${path}`, { method: "POST", headers, body });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
}

const { uuid } = await read(`profiles/${name}`);
const entry = await read(`entries/${uuid}`);
const [generation, secret] = Object.entries(entry.secrets)[0];
const set = JSON.parse(Buffer.from(secret, "base64").toString());
let next = 2;

async function worker() {
    while (next <= Number(count)) {
        const number = next++;
        const [own, uuid] = [`shop-${number}`, randomUUID()];
        const tokens = { ...set, refresh_token: `rt-${number}` };
        await write(`entries/${uuid}`, {
            ...entry,
            name: { ...entry.name, name: own },
            wish: { ...entry.wish, uuid },
            record: {
                ...entry.record,
                uuid,
                shop_id: `rt-${number}`,
                last_refreshed_at: "2020-01-01T00:00:00Z",
                last_refreshed_uptime: undefined,
                access_token_expires_at: "2020-01-01T01:00:00Z",
            },
            secrets: { [generation]: Buffer.from(JSON.stringify(tokens)).toString("base64") },
        });
        await write(`profiles/${own}`, { uuid });
    }
}

await Promise.all(Array.from({ length: 32 }, worker));
