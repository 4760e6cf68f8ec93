# As root of a lab: sends raw Ethernet frames, or listens for them.
#   send IFACE HEX...    each argument is one whole frame
#   hear IFACE SECONDS   prints every frame that arrives, as hex, one per line
use strict;
use warnings;
use Socket;

my ($verb, $interface, @rest) = @ARGV;
socket(my $socket, 17, SOCK_RAW, unpack('S', pack('n', 3))) or die "no packet socket: $!\n";
# SIOCGIFINDEX: /sys may be another network namespace's.
my $request = pack('a16 x24', $interface);
ioctl($socket, 0x8933, $request) or die "no $interface: $!\n";
my $index = unpack('x16 i', $request);
my $address = pack('SnlSCCa8', 17, 3, $index, 1, 0, 6, "\0" x 8);
if ($verb eq 'send') {
  for (@rest) { my $frame = pack('H*', $_); send($socket, $frame, 0, $address) or print "send: $!\n"; }
  print "sent\n";
} else {
  bind($socket, $address) or die "bind: $!\n";
  $| = 1;
  print "hearing\n";
  my $end = time + $rest[0];
  while (time < $end) {
    my $ready = ''; vec($ready, fileno($socket), 1) = 1;
    next unless select($ready, undef, undef, 0.2);
    recv($socket, my $frame, 2048, 0);
    print unpack('H*', $frame), "\n";
  }
}
