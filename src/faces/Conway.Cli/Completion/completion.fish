# conway completion for fish. Use it with:  conway completion fish | source
complete -c conway -a '(conway complete (string length -- (commandline -cp)) (commandline -cp) 2>/dev/null)'
