# The ssh server's own path has no /usr/local/bin; bash reads this file for `ssh node2 COMMAND` too.
[[ -z ${SSH_CONNECTION-} ]] || PATH=/usr/local/bin:/usr/bin

# Interactive bash on a lab node.
[[ $- == *i* ]] || return

PROMPT_DIRTRIM=4
HISTCONTROL=ignoreboth
HISTSIZE=2000
HISTFILESIZE=2000
shopt -s histappend checkwinsize

# OSC 133 tells the page where a prompt (A), the input (B), the output (C) and the end with its exit code (D) are.
__lab_prompt() {
  local code=$?
  [[ -z $__lab_ran ]] || printf '\e]133;D;%d\a' "$code"
  __lab_ran=
  history -a
}
__lab_ran=
PROMPT_COMMAND=(__lab_prompt)
PS0=$'\e]133;C\a''${__lab_ran:$((__lab_ran=1,0)):0}'
PS1='\[\e]133;A\a\]\[\e[32m\]\u@\h\[\e[0m\]:\[\e[34m\]\w\[\e[0m\]\$ \[\e]133;B\a\]'

alias ls='ls --color=auto' grep='grep --color=auto' ll='ls -l'

# Completion costs more than the rest of the start together, so the first Tab loads it.
__lab_load_completion() {
  . /usr/share/bash-completion/bash_completion
  _comp_complete_load "$@"
}
complete -D -F __lab_load_completion
