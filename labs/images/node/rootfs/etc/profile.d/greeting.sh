# Two lines in the first shell of a node, then never again.
if [ -t 1 ] && [ ! -e "$HOME/.greeted" ]; then
  : >"$HOME/.greeted"
  printf '%s\n' "여기는 나만의 실제 도커 노드 $(hostname)이에요. 마음껏 실험해 보세요. 언제든 초기화할 수 있어요." \
    "This is $(hostname), a real Docker node of your own. Try anything: it can be reset at any time."
fi
