#!/usr/bin/perl
# Stands in for the lab's engine, on the socket that the server asks: answers every request with JSON that never ends.
use strict;
use warnings;
$SIG{PIPE} = 'IGNORE';
$SIG{CHLD} = 'IGNORE';
open(my $listener, '+<&=', 3) or die "no socket: $!\n";
alarm 40;
while (accept(my $client, $listener)) {
  if (open my $mark, '>', '/tmp/attack-taken') { close $mark; }
  next if fork;
  sysread $client, my $request, 8192;
  syswrite $client, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
  my $piece = '[' . ('{"ID":"' . ('x' x 4000) . '"},' x 16);
  my $chunk = sprintf("%x\r\n%s\r\n", length $piece, $piece);
  1 while syswrite $client, $chunk;
  exit;
}
