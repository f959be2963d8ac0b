#compdef conway
# conway completion for zsh. Use it with:  source <(conway completion zsh)
_conway() {
    local -a words_found
    words_found=("${(@f)$(conway complete "$CURSOR" "$BUFFER" 2>/dev/null)}")
    compadd -- $words_found || _files
}
compdef _conway conway
