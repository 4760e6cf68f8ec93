# Tries to reach the host from wherever it runs and prints "NAME<TAB>what happened" per attempt. Opens only: nothing is
# written that could hurt a host whose wall had failed, and every argument is one that the kernel refuses or ignores
# after its check of rights.
use strict;
use warnings;
use Fcntl;
use Errno;

my $is_arm = `uname -m 2>/dev/null` =~ /aarch64/ || (-e '/lib/ld-linux-aarch64.so.1');
my %number = $is_arm
  ? (bpf => 280, perf_event_open => 241, userfaultfd => 282, io_uring_setup => 425, add_key => 217,
     open_by_handle_at => 265, kexec_load => 104, init_module => 105, settimeofday => 170, unshare => 97, setns => 268,
     syslog => 116, acct => 89, swapon => 224, quotactl => 60, fanotify_init => 262, open_tree => 428,
     name_to_handle_at => 264, pidfd_open => 434)
  : (bpf => 321, perf_event_open => 298, userfaultfd => 323, io_uring_setup => 425, add_key => 248,
     open_by_handle_at => 304, kexec_load => 246, init_module => 175, settimeofday => 164, unshare => 272, setns => 308,
     syslog => 103, acct => 163, swapon => 167, quotactl => 179, fanotify_init => 300, open_tree => 428,
     name_to_handle_at => 303, pidfd_open => 434);

sub say_result { my ($name, $result) = @_; print "$name\t$result\n"; }

sub try_open {
  my ($name, $path, $flags) = @_;
  return say_result($name, "$!") unless sysopen(my $file, $path, $flags);
  # A runtime hides files behind /dev/null: that opens, and is the null device.
  my $is_null = -c $file && (stat $file)[6] == 0x103;
  say_result($name, $is_null ? 'hidden by the null device' : 'REACHED');
}

sub try_call {
  my ($name, @arguments) = @_;
  my $result = syscall($number{$name}, @arguments);
  my $error = "$!";
  if ($result >= 0) { say_result($name, 'REACHED'); }
  else { say_result($name, $error); }
}

# Files of the host's kernel.
my %file = (
  'core_pattern' => '/proc/sys/kernel/core_pattern', 'modprobe' => '/proc/sys/kernel/modprobe',
  'panic_on_oom' => '/proc/sys/vm/panic_on_oom', 'sysrq-trigger' => '/proc/sysrq-trigger',
  'binfmt_misc' => '/proc/sys/fs/binfmt_misc/register', 'uevent_helper' => '/sys/kernel/uevent_helper',
  'power-state' => '/sys/power/state', 'printk' => '/proc/sys/kernel/printk', 'drop_caches' => '/proc/sys/vm/drop_caches',
  'threads-max' => '/proc/sys/kernel/threads-max');
try_open($_, $file{$_}, O_WRONLY) for sort keys %file;
try_open('kcore', '/proc/kcore', O_RDONLY);
try_open('kmsg', '/proc/kmsg', O_RDONLY);
try_open('mem', '/dev/mem', O_RDONLY);

# Devices of the host. Made somewhere that is a plain file system, opened for reading only.
my $disk = '8:0';
if (open my $partitions, '<', '/proc/partitions') {
  while (<$partitions>) { $disk = "$1:$2", last if /^\s*(\d+)\s+(\d+)\s+\d+\s+(?!ram|loop)\w+/; }
}
my ($major, $minor) = split /:/, $disk;
for my $place ('/tmp', '/var/lib/docker', '/dev/shm', "$ENV{HOME}") {
  next unless -w $place;
  for (['disk', "b $major $minor"], ['kmsg-device', 'c 1 11']) {
    my ($what, $numbers) = @$_;
    my $node = "$place/attack-$what";
    system("mknod $node $numbers 2>/dev/null");
    if (-e $node) { try_open("mknod-$what in $place", $node, O_RDONLY); unlink $node; }
    else { say_result("mknod-$what in $place", 'no device node'); }
  }
}
my @devices = grep { !m{^/dev/(null|zero|full|random|urandom|tty|ptmx|console|pts|shm|mqueue|fd|std\w+|core)$} } glob '/dev/*';
say_result('devices', @devices ? 'REACHED ' . join(' ', @devices) : 'none beyond the usual');

# Mounts.
my $point = '/tmp/attack-mount';
mkdir $point;
sub try_mount {
  my ($name, $command, $file, $flags) = @_;
  my $words = `$command $point 2>&1`;
  if ($?) { say_result($name, 'no mount'); return; }
  if (defined $file) { try_open($name, "$point/$file", $flags); }
  else { say_result($name, 'REACHED'); }
  system("umount -l $point 2>/dev/null");
}
try_mount('proc-fresh', 'mount -t proc none', 'sys/kernel/core_pattern', O_WRONLY);
try_mount('sysfs-fresh', 'mount -t sysfs none', 'kernel/uevent_helper', O_WRONLY);
try_mount("$_", "mount -t $_ none") for qw(debugfs tracefs securityfs pstore configfs efivarfs);
try_mount('devtmpfs', 'mount -t devtmpfs none');
try_mount('cgroup-devices', 'mount -t cgroup -o devices none', 'devices.allow', O_WRONLY);
try_mount('release_agent', 'mount -t cgroup -o memory none', 'release_agent', O_WRONLY);
$_ = `mount -t cgroup2 none $point 2>&1`;
# Only the real root of the tree has no type.
say_result('cgroup2', $? ? 'no mount' : -e "$point/cgroup.procs" && !-e "$point/cgroup.type" ? 'REACHED' : "the lab's own branch");
system("umount -l $point 2>/dev/null");
try_mount('disk-as-ext4', "mount -t ext4 -o ro /dev/block/$disk");
my $words = `mount -o remount,rw / 2>&1`;
if ($?) { say_result('remount-root', 'no mount'); }
else { try_open('remount-root', '/opt/rollout-lab/bin/lab-init', O_WRONLY); }

# System calls.
my $map = pack('LLLL', 2, 4, 4, 1) . ("\0" x 64);
try_call('bpf', 0, $map, 48);
my $event = pack('LL', 1, 112) . ("\0" x 104);
try_call('perf_event_open', $event, 0, -1, -1, 0);
try_call('userfaultfd', 0);
my $ring = "\0" x 120;
try_call('io_uring_setup', 1, $ring);
my ($type, $description, $payload) = ('user', 'attack', 'x');
try_call('add_key', $type, $description, $payload, 1, -2);
sysopen(my $root, '/', O_RDONLY);
my $handle = pack('LlLL', 8, 1, 2, 0);
try_call('open_by_handle_at', fileno($root), $handle, O_RDONLY);
try_call('kexec_load', 0, 0, 0, 0xffff);
my $empty = '';
try_call('init_module', 0, 0, $empty);
try_call('settimeofday', 0, 0);
try_call('syslog', 3, 0, 0);
my $nowhere = '/nonexistent/attack';
try_call('acct', $nowhere);
try_call('swapon', $nowhere, 0);
try_call('fanotify_init', 0, 0);
# Last: whoever succeeds goes on as somebody else.
my $pid = fork;
if (!$pid) { try_call('unshare', 0x10000000); exit 0; }
waitpid $pid, 0;
say_result('uid_map', do { open my $f, '<', '/proc/self/uid_map'; my $l = <$f>; join ' ', split ' ', $l });
say_result('end', 'done');
