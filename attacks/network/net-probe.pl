# As root of a lab: tries to reach addresses of others. Reads lines "KIND ADDRESS PORT TEXT" from its arguments' file
# descriptor and prints "TEXT<TAB>what happened". KINDS: tcp udp tcp6 udp6 (address may carry %eth0).
use strict;
use warnings;
use Socket qw(:DEFAULT getaddrinfo AI_NUMERICHOST IPPROTO_TCP);
use Errno qw(EINPROGRESS);
use Fcntl;

my @open;
for my $line (split /\n/, $ARGV[0]) {
  my ($kind, $address, $port, $text) = split ' ', $line, 4;
  my ($error, $found) = getaddrinfo($address, $port, { flags => AI_NUMERICHOST });
  if ($error || !$found) { print "$text\tno such address ($error)\n"; next; }
  my $type = $kind =~ /^udp/ ? SOCK_DGRAM : SOCK_STREAM;
  socket(my $socket, $found->{family}, $type, 0) or do { print "$text\tno socket: $!\n"; next };
  setsockopt($socket, SOL_SOCKET, SO_BROADCAST, 1) if $type == SOCK_DGRAM;
  fcntl($socket, F_SETFL, O_NONBLOCK);
  if (connect($socket, $found->{addr}) || $! == EINPROGRESS) {
    send($socket, "$text\n", 0) if $type == SOCK_DGRAM;
    push @open, [$socket, $text, $type];
  } else { print "$text\t$!\n"; }
}
my $end = time + 3;
while (@open && time < $end) {
  my ($reading, $writing) = ('', '');
  for (@open) { vec($writing, fileno($_->[0]), 1) = 1 if $_->[2] == SOCK_STREAM; vec($reading, fileno($_->[0]), 1) = 1; }
  select($reading, $writing, undef, 0.3);
  my @left;
  for (@open) {
    my ($socket, $text, $type) = @$_;
    if ($type == SOCK_STREAM && vec($writing, fileno($socket), 1)) {
      my $state = unpack 'i', getsockopt($socket, SOL_SOCKET, SO_ERROR);
      if ($state) { $! = $state; print "$text\t$!\n"; }
      else { send($socket, "$text\n", 0); print "$text\tREACHED\n"; }
    } elsif ($type == SOCK_DGRAM && vec($reading, fileno($socket), 1)) {
      my $answer; recv($socket, $answer, 100, 0);
      print "$text\t", defined $answer && length $answer ? 'ANSWERED' : "refused: $!", "\n";
    } else { push @left, $_; }
  }
  @open = @left;
}
print "$_->[1]\tno answer\n" for @open;
print "end\tdone\n";
