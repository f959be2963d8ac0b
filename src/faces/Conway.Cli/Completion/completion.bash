# conway completion for bash. Use it with:  source <(conway completion bash)
_conway() {
    local IFS=$'\n'
    COMPREPLY=($(conway complete "$COMP_POINT" "$COMP_LINE" 2>/dev/null))
}
complete -o bashdefault -o default -F _conway conway
