# An application that turns on whoever looks at it: hostile-app.pl PORT, HTTP and WebSockets, a process per connection.
use strict;
use warnings;
use IO::Socket::INET;

my ($port) = @ARGV;
$SIG{CHLD} = 'IGNORE';
my $server = IO::Socket::INET->new(LocalPort => $port, Listen => 64, ReuseAddr => 1) or die "listen: $!";

# Each attempt writes down what came of it; the browser decides.
my $page = <<'END';
<!doctype html><meta charset="utf-8"><title>hostile</title><pre id="results">…</pre><script>
const results = {};
const attempt = async (name, run) => {
  try { results[name] = String(await run()); } catch (failure) { results[name] = failure.name; }
};
const site = new URLSearchParams(location.search).get('site');
(async () => {
  results.isTop = String(top === self);
  await attempt('fetch', async () => (await fetch(site + '/api/me', { credentials: 'include' })).status);
  await attempt('post', async () => (await fetch(site + '/api/lab-sessions', { method: 'POST', mode: 'no-cors',
    credentials: 'include', headers: { 'content-type': 'text/plain' }, body: '{"lab":"numbers"}' })).type);
  await attempt('socket', () => new Promise((resolve) => {
    const socket = new WebSocket(site.replace('http', 'ws') + '/ws/terminals/taaaaaaaaaaa');
    socket.onopen = () => resolve('open');
    socket.onerror = () => resolve('refused');
  }));
  for (const domain of ['localhost', '127.0.0.1', '.localhost'])
    document.cookie = 'rollout-lab-' + new URL(site).port + '=planted; path=/; domain=' + domain;
  document.cookie = 'own=1; path=/';
  results.planted = String(document.cookie.includes('planted'));
  await attempt('worker', async () => (await navigator.serviceWorker.register('/sw.js')).scope);
  await attempt('domain', () => { document.domain = 'localhost'; return document.domain; });
  if (top !== self) await attempt('top', () => { top.location.href = '/gone'; return 'sent away'; });
  await attempt('parent', () => parent === self ? 'none' : parent.document.title);
  await attempt('opener', () => opener);
  const frame = document.createElement('iframe');
  frame.src = site + '/ko/';
  await new Promise((resolve) => { frame.onload = resolve; document.body.append(frame); });
  await attempt('socketEcho', () => new Promise((resolve, reject) => {
    const socket = new WebSocket('ws://' + location.host + '/echo');
    socket.onopen = () => socket.send('hello');
    socket.onmessage = ({ data }) => resolve(data);
    socket.onerror = () => reject(new Error('no echo'));
  }));
  document.querySelector('#results').textContent = JSON.stringify(results);
})();
</script>
END

while (my $client = $server->accept) {
  if (fork) { close $client; next }
  my $head = '';
  while (defined(my $line = <$client>)) { last if $line =~ /^\r?\n$/; $head .= $line }
  my ($path) = $head =~ m{^\S+ (\S+)};
  $path //= '/';
  if ($head =~ /^Sec-WebSocket-Key: (\S+)/mi) { echo($client, $1) }
  elsif ($path =~ m{^/hop}) { answer($client, '302 Found', "Location: http://node1:$port/landed\r\n", '') }
  elsif ($path =~ m{^/landed}) { answer($client, '200 OK', '', "landed\n") }
  elsif ($path =~ m{^/out\?(\S+)}) { answer($client, '302 Found', "Location: $1/ko/\r\n", '') }
  elsif ($path =~ m{^/sw}) { answer($client, '200 OK', "Content-Type: text/javascript\r\nService-Worker-Allowed: /\r\n", '') }
  elsif ($path =~ m{^/stream}) {
    # Of plain text a browser waits for a kilobyte before it believes that it is.
    print $client "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n";
    while (print $client "on and on\n") { $client->flush or last; select undef, undef, undef, 0.2 }
  }
  else {
    answer($client, '200 OK', "Content-Type: text/html; charset=utf-8\r\nX-Frame-Options: DENY\r\n"
      . "Content-Security-Policy: frame-ancestors 'none'\r\nStrict-Transport-Security: max-age=99\r\n"
      . "Set-Cookie: lure=1; Domain=localhost; Path=/\r\nClear-Site-Data: \"*\"\r\n", $page);
  }
  exit;
}

sub answer {
  my ($client, $status, $headers, $body) = @_;
  print $client "HTTP/1.1 $status\r\n${headers}Content-Length: ", length $body, "\r\n\r\n$body";
}

sub echo {
  my ($client, $key) = @_;
  my ($hex) = `printf %s '${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11' | sha1sum` =~ /^(\w+)/;
  my $encoded = pack 'u', pack 'H*', $hex;
  $encoded =~ s/^.|\n//g;
  $encoded =~ tr{` -_}{AA-Za-z0-9+/};
  substr($encoded, 27, 1) = '=';
  print $client "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    . "Sec-WebSocket-Accept: $encoded\r\n\r\n";
  $client->flush;
  while (read($client, my $start, 2) == 2) {
    my ($opcode, $length) = (ord($start) & 15, ord(substr $start, 1) & 127);
    read $client, my ($mask), 4;
    read $client, my ($data), $length;
    last if $opcode != 1;
    $data ^= substr $mask x ($length / 4 + 1), 0, $length;
    print $client "\x81", chr $length, $data;
    $client->flush;
  }
}
