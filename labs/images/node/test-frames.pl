# Frames that no lab may send, and a look at what comes out: test-network.sh runs this inside a node and beside the bridge.
#   perl - send DEVICE GATEWAY_IP OWN_IP PEER_IP BRIDGE_MAC   as root of a lab; prints how many it sent
#   perl - watch DEVICE SECONDS                               prints "SOURCE_MAC TYPE SOURCE_IP TARGET_IP" per kind of frame
use strict;
use Socket;

my ($verb, $device, @rest) = @ARGV;
sub slurp { open my $file, '<', $_[0] or die "$_[0]: $!"; my $text = <$file>; chomp $text; $text }
sub mac { pack 'H12', $_[0] =~ tr/://dr }
my $index = slurp("/sys/class/net/$device/ifindex");
socket my $wire, 17, SOCK_RAW, unpack('S', pack 'n', 3) or die "packet socket: $!";
bind $wire, pack('Snl x12', 17, 3, $index) or die "bind: $!";

if ($verb eq 'watch') {
  setsockopt $wire, 263, 1, pack('iSSa8', $index, 1, 0, '') or die "promiscuous: $!";
  $| = 1;
  print "watching\n";
  my %seen;
  for (my $end = time + $rest[0]; (my $left = $end - time) > 0;) {
    vec(my $ready = '', fileno $wire, 1) = 1;
    next unless select $ready, undef, undef, $left;
    recv $wire, my $frame, 2048, 0;
    my (undef, $from, $type) = unpack 'H12 H12 H4', $frame;
    my @ends = $type eq '0800' ? (26, 30) : $type eq '0806' ? (28, 38) : ();
    $seen{join ' ', $from, $type, map { inet_ntoa(substr("$frame" . "\0" x 64, $_, 4)) } @ends}++;
  }
  print "$_\n" for sort keys %seen;
  exit;
}

my ($gateway, $own, $peer, $bridgeMac) = @rest;
my $me = mac(slurp("/sys/class/net/$device/address"));
my ($all, $bridge, $foreign) = ("\xff" x 6, mac($bridgeMac), mac('02:42:de:ad:be:ef'));
sub ip { # ip FROM TO [OPTIONS [VERSION]]
  my ($from, $to, $options, $version) = (@_, '', 4);
  my $length = 20 + length $options;
  my $udp = pack 'nnnn a8', 5353, 5353, 16, 0, 'knock';
  my $head = pack 'CCnnnCCn a4 a4', $version * 16 + $length / 4, 0, $length + 16, 1, 0, 9, 17, 0, inet_aton($from), inet_aton($to);
  my $sum = 0;
  $sum += $_ for unpack 'n*', $head . $options;
  $sum = ($sum & 0xffff) + ($sum >> 16) for 1, 2;
  substr($head, 10, 2) = pack 'n', ~$sum & 0xffff;
  $head . $options . $udp;
}
sub arp { # arp OPERATION MAC IP TARGET_IP
  my ($operation, $mac, $from, $to) = @_;
  pack 'nnCCn a6 a4 a6 a4', 1, 0x800, 6, 4, $operation, $mac, inet_aton($from), "\0" x 6, inet_aton($to);
}
my ($v4, $arp) = (pack('n', 0x800), pack 'n', 0x806);
my $solicit = pack 'N n CC H32 H32 CCn', 0x60000000, 8, 58, 255, 'fe80' . '0' x 27 . '9', 'ff02' . '0' x 27 . '1', 128, 0, 0;
my @frames = (
  $all . $me . pack('n', 0x86dd) . $solicit,                                  # IPv6
  $all . $me . pack('nn', 0x8100, 5) . $v4 . ip($own, $peer),                 # VLAN
  $all . $me . pack('nnnn', 0x88a8, 5, 0x8100, 6) . $v4 . ip($own, $peer),    # VLAN in a VLAN
  mac('01:80:c2:00:00:00') . $me . pack('n', 38) . "\x42\x42\x03" . "\0" x 35, # spanning tree
  (map { $all . $me . pack('n', $_) . "\0" x 46 } 0x88cc, 0x8863, 0x888e, 0x9000, 0x8035, 0x22f3),
  $bridge . $foreign . $v4 . ip($own, $peer),                                 # foreign MAC
  $bridge . $me . $v4 . ip('10.79.0.77', $peer),                              # foreign address
  $bridge . $me . $v4 . ip($peer, $own),
  $bridge . $me . $v4 . ip('0.0.0.0', '255.255.255.255'),                     # DHCP
  (map { $all . $me . $v4 . ip($own, $_) } '255.255.255.255', '224.0.0.1', '224.0.0.251', $own =~ s/\d+$/255/r),
  (map { $bridge . $me . $v4 . ip($own, $_) } $gateway, '169.254.169.254', '127.0.0.1', '10.213.0.2', '1.1.1.1'),
  $bridge . $me . $v4 . ip($own, $peer),                                      # for the host to route
  $bridge . $me . $v4 . ip($own, $peer, pack 'CCC a4 C', 131, 7, 4, inet_aton($gateway), 0), # source route
  $bridge . $me . $v4 . ip($own, $peer, '', 6),
  $bridge . $me . $v4 . "\x45",
  $all . $me . $arp . arp(1, $me, $own, $gateway),
  $all . $me . $arp . arp(1, $me, $own, '169.254.169.254'),
  $all . $me . $arp . arp(1, $me, '0.0.0.0', $peer),
  $all . $me . $arp . arp(2, $me, $gateway, $gateway),
  $all . $me . $arp . arp(2, $me, $peer, $peer),
  $all . $me . $arp . arp(2, $foreign, $own, $peer),
  $all . $me . $arp . "\0\1",
  (map { $all . pack('C a3 n', 2, 'mac', $_) . $arp . arp(1, $me, $own, $peer) } 1 .. 50), # many MACs
);
my $sent = 0;
for my $frame (@frames) { $sent++ if defined send $wire, $frame, 0 }
print "$sent of ", scalar @frames, "\n";
