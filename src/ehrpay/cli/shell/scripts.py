"""The script that each shell reads: it gives ehrpay the words typed and offers the lines that come back.

A line is a word, a tab and its help. No shell evaluates any of it; without a line it offers files.
"""

from __future__ import annotations

BASH = r"""# ehrpay completion for bash
_ehrpay() {
    local value help word=${COMP_WORDS[COMP_CWORD]}
    COMPREPLY=()
    while IFS=$'\t' read -r value help; do
        # Only a list has room for help: what is in it is never put on the line.
        if [[ $COMP_TYPE == 63 && -n $help ]]; then
            printf -v value '%-20s %s' "$value" "$help"
            value=${value:0:${COLUMNS:-80}-2}
        elif [[ $word != [\"\']* ]]; then
            printf -v value %q "$value"
        fi
        COMPREPLY+=("$value")
    done < <(command ehrpay completion bash -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -F _ehrpay ehrpay
"""

ZSH = r"""#compdef ehrpay
# ehrpay completion for zsh
_ehrpay() {
    local value help
    local -a values shown
    while IFS=$'\t' read -r value help; do
        values+=("$value")
        shown+=("${(r:20:)value} $help")
    done < <(command ehrpay completion zsh -- "${(@)words[2,CURRENT]}" 2>/dev/null)
    if (( $#values )); then
        compadd -l -V ehrpay -M 'm:{[:lower:][:upper:]}={[:upper:][:lower:]}' -d shown -a values
    else
        _files
    fi
}
if [[ $funcstack[1] == _ehrpay ]]; then
    _ehrpay "$@"
else
    (( $+functions[compdef] )) || { autoload -Uz compinit && compinit -i }
    compdef _ehrpay ehrpay
fi
"""

FISH = r"""# ehrpay completion for fish
function __ehrpay
    set -l words (commandline -opc) (commandline -ct)
    set -l found (command ehrpay completion fish -- $words[2..-1] 2>/dev/null)
    if set -q found[1]
        printf '%s\n' $found
    else
        __fish_complete_path (commandline -ct)
    end
end
complete -c ehrpay -f -k -a '(__ehrpay)'
"""

SCRIPTS = {"bash": BASH, "zsh": ZSH, "fish": FISH}
"""The script of each shell by its name."""
