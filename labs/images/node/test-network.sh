# Part of test-node.sh, in the words of that script: what passes between a node and its network. node1 runs the stack.
peer=$name-2 out=$name-out
host_port=18079

echo "# network: two nodes of a lab"
mkdir -p "$work/share2" "$work/www"
# Without the seccomp profile, so that the filter stands alone: with it nobody gets a packet socket at all.
create "$peer" -v "$peer:/lab/disk" -v "$work/share2:/lab/share" --network "$name" --ip 10.79.0.3 -e LAB_HOSTNAME=node2 \
  -e 'LAB_HOSTS=node1=10.79.0.2 node2=10.79.0.3' --security-opt seccomp=unconfined
docker start "$peer" >/dev/null
within 30 "a second node" test -e "$work/share2/ready"
peer_root() { docker exec "$peer" lab-enter -r bash -c "$1"; }
get() { echo "timeout 2 curl -gs -o /dev/null 'http://$1/'"; }
within 5 "a node reaches another's port" peer_root "$(get node1)"
check "it joins the swarm" peer_root "docker swarm join --token $(learner 'docker swarm join-token -q worker') node1:2377"
learner 'docker service create -d --name far --network numbers-prod --no-resolve-image --constraint node.hostname==node2 numbers-web:v1' >/dev/null
near=$(learner 'docker inspect -f "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}" $(docker ps -qf name=numbers-web)')
overlay() { peer_root "nsenter -t \$(docker inspect -f '{{.State.Pid}}' \$(docker ps -qf name=far)) -n $(get "$near")"; }
within 30 "tasks of two nodes meet on an overlay network" overlay
learner 'docker service rm far' >/dev/null
is "no address in the outer network namespace" "$(docker exec "$peer" ip -o addr | grep -v ' lo ')" ""

echo "# network: frames"
watch_bridge() { # watch_bridge SECONDS: kinds of frames that reach the bridge from the second node or claim to
  docker run --rm -i --name "$name-watch" --network host --cap-drop ALL --cap-add NET_RAW --cap-add NET_ADMIN \
    --entrypoint perl "$image" - watch "$bridge" "$1" <"$here/test-frames.pl" >"$work/seen" &
  until grep -q watching "$work/seen"; do sleep 0.1; done
}
frames=(- send eth0 10.79.0.1 10.79.0.3 10.79.0.2 "$(cat "/sys/class/net/$bridge/address")")
mac=$(peer_root 'tr -d : </sys/class/net/eth0/address')
own="^($mac 0806 10.79.0.3 10.79.0.2|$mac 0800 10.79.0.3 10.79.0.2)\$"
bridge_mac=$(tr -d : <"/sys/class/net/$bridge/address")
node1_mac=$(ns_root 'tr -d : </sys/class/net/eth0/address')
watch_bridge 6
is "a hostile root sends them" "$(docker exec -i "$peer" lab-enter -r perl "${frames[@]}" <"$here/test-frames.pl")" "84 of 84"
wait $!
is "and none comes out" "$(grep -vE "$own|^watching|^($bridge_mac|$node1_mac) " "$work/seen")" ""
docker run -d --rm --name "$name-plain" --network "$name" --ip 10.79.0.4 --sysctl net.ipv6.conf.all.disable_ipv6=0 \
  --cap-add NET_ADMIN --entrypoint sleep "$image" 300 >/dev/null
watch_bridge 6
docker exec -i "$name-plain" perl "${frames[@]}" <"$here/test-frames.pl" >/dev/null
wait $!
check "while an ordinary container's do" test "$(wc -l <"$work/seen")" -gt 60

echo "# network: the host"
(cd "$work/www" && exec python3 -m http.server --bind :: $host_port >/dev/null 2>&1) &
listener=$!
sleep 1
link_local=$(ip -6 -o addr show dev "$bridge" scope link | awk '{print $4; exit}')
places="10.79.0.1 $(ip -4 -o addr show | awk '$2 != "lo" {print $4}' | cut -d/ -f1 | grep -v '^10\.79\.0\.1$' | head -n 3 | xargs)"
for place in $places ${link_local:+"[${link_local%/*}%25eth0]"}; do
  check "an ordinary container reaches $place" docker exec "$name-plain" bash -c "ip route replace default via 10.79.0.1; $(get "$place:$host_port")"
done
peer_root 'echo 0 >/proc/sys/net/ipv6/conf/eth0/disable_ipv6; ip route replace default via 10.79.0.1
  ip neigh replace 10.79.0.1 lladdr '"$(cat "/sys/class/net/$bridge/address")"' dev eth0'
sleep 2 # an address of its own
for place in $places ${link_local:+"[${link_local%/*}%25eth0]"} 169.254.169.254 10.79.0.4; do
  [[ $place == 10.79.0.4 ]] || check "a node's root does not reach $place" peer_root "! $(get "$place:$host_port")"
done
peer_root 'ip link set eth0 address 02:42:0a:4f:00:63'
check "nor anything under another MAC" peer_root "! $(get node1)"
peer_root "ip link set eth0 address $(sed 's/../&:/g;s/:$//' <<<"$mac"); ip addr add 10.79.0.99/24 dev eth0; ip neigh flush dev eth0"
check "nor under another address" peer_root "! timeout 2 curl -s --interface 10.79.0.99 http://node1/"
within 5 "but as itself" peer_root "$(get node1)"

echo "# network: egress"
docker network create --subnet 10.79.1.0/24 "$out" >/dev/null
mkdir -p "$work/out-share"
name_server=$(awk '$1 == "nameserver" && $2 !~ /^127\.|:/ {print $2; exit}' /etc/resolv.conf)
create "$out" -v "$out:/lab/disk" -v "$work/out-share:/lab/share" --network "$out" --ip 10.79.1.2 -e LAB_EGRESS=1 \
  -e "LAB_DENY=192.0.2.0/24 $(hostname -I | xargs -n1 | grep -v : | xargs)" -e "LAB_DNS=$name_server"
docker start "$out" >/dev/null
within 30 "a node with egress" test -e "$work/out-share/ready"
out_root() { docker exec "$out" lab-enter -r bash -c "$1"; }
plain_out() { docker run --rm --network "$out" --entrypoint bash "$image" -c "$1"; }
if plain_out "$(get 1.1.1.1)"; then check "reaches a public address" out_root "$(get 1.1.1.1)"; else echo "skip  this machine has no way out"; fi
if [[ -n $name_server ]] && getent ahostsv4 deb.debian.org >/dev/null; then
  check "names resolve" out_root 'getent ahostsv4 deb.debian.org'
  check "for its containers too" out_root \
    'id=$(docker run -d numbers-api:v1); grep -q "'"$name_server"'" "$(docker inspect -f "{{.ResolvConfPath}}" "$id")"; code=$?; docker rm -f "$id"; exit $code'
fi
for place in 10.79.1.1 $places; do
  [[ $place == 10.79.0.1 ]] || check "does not reach the host as $place" out_root "! $(get "$place:$host_port")"
done
check "nor another lab, with forwarding on" out_root "! $(get 10.79.0.2)"
kill $listener
docker rm -f "$out" "$name-plain" >/dev/null

echo "# network: no filter"
unfiltered() { # unfiltered OPTION...: exit code of a node whose kernel can't filter
  docker rm -fv "$name-bad" >/dev/null 2>&1
  rm -rf "$work/bad" && mkdir "$work/bad"
  create "$name-bad" --network "$out" -v "$work/bad:/lab/share" -v /lab/disk -v /bin/false:/usr/sbin/nft:ro "$@"
  docker start "$name-bad" >/dev/null
  until [[ -s $work/bad/ready || -s $work/bad/failed ]]; do sleep 0.2; done
}
unfiltered
check "a kernel that can't filter is unfit" grep -q "frames can't be filtered" "$work/bad/failed"
is "and says so" "$(docker wait "$name-bad")" 78
unfiltered -e LAB_UNFILTERED=1
check "unless that is accepted" test -s "$work/bad/ready"
docker rm -fv "$name-bad" >/dev/null 2>&1

echo "# dial.sock"
is "dial.sock is for its owner alone" "$(stat -c '%u %a' "$work/share/dial.sock")" "$owner 600"
dial() { python3 "$here/test-dial.py" "$work/share/dial.sock" "$@"; }
check "reaches a host-mode port of a service" dial get 80
is "a closed port" "$(dial ask 81)" refused
is "nonsense" "$(dial ask ssh)" "not a port"
ns_root 'nohup perl -MIO::Socket -e "
  \$SIG{CHLD} = q(IGNORE);
  my \$l = IO::Socket::INET->new(LocalAddr => q(127.0.0.1), LocalPort => 7777, Listen => 100, ReuseAddr => 1) or die;
  while (my \$c = \$l->accept) { next if fork; while (sysread \$c, my \$b, 65536) { syswrite \$c, \$b } exit }" >/dev/null 2>&1 &'
within 5 "a program on the loopback alone" dial echo 7777 0
check "16 MB there and back, with a pause of 20 s" dial echo 7777 20
check "64 connections and no more" dial crowd 7777
is "and room again" "$(dial ask 81)" refused
ns_root 'pkill perl'

docker rm -f "$peer" >/dev/null
docker volume rm "$peer" "$out" >/dev/null
docker network rm "$out" >/dev/null
within 30 "node2 is noticed to be gone" learner 'docker node ls | grep -q Down'
check "and removed" learner 'docker node rm --force node2'
