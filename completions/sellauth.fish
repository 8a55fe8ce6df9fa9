complete --keep-order --exclusive --command sellauth --arguments "(SELLAUTH_COMPLETE=fish sellauth -- (commandline --current-process --tokenize --cut-at-cursor) (commandline --current-token))"
