# As root of the lab: leaves at every place that a later start, the server or its tools might read something that
# leads elsewhere, never ends, or belongs to nobody here.
home=/home/learner
cd "$home" || exit 1
shopt -s dotglob nullglob
for name in .ssh .greeted .bashrc .profile .bash_profile .bash_history .docker .cache; do
  rm -rf "$name"
done
ln -s /etc .ssh
ln -s /etc/shadow .greeted
ln -s /proc/self/mem .bashrc
mkfifo .profile .bash_profile
ln -s /lab/share/engine.sock .docker
ln -s / root-of-all
mkfifo fifo
cp /usr/bin/bash setuid-root && chmod 6755 setuid-root
head -c 300 /dev/urandom >"$(printf 'bell\007\033]0;title\007')"
mkdir -p deep && (cd deep && for i in $(seq 60); do mkdir d && cd d || break; done)
ln -s loop-b loop-a && ln -s loop-a loop-b
chown -h 12345:54321 fifo

cd /var/lib/docker || exit 1
ln -s / attack-root
mkfifo attack-fifo
ln -sfn /etc/passwd engine-id
rm -rf tmp && ln -s /etc tmp
mkdir -p volumes/evil && ln -s / volumes/evil/_data
cp /usr/bin/bash setuid-root && chmod 6755 setuid-root
ln /home/learner/setuid-root hard-link 2>/dev/null
ln /etc/shadow hard-shadow 2>/dev/null && echo "REACHED hard link to the node's own file"
mknod disk b 8 0 2>/dev/null && echo "REACHED device node"
sync
echo planted
