/**
 * Scripts that run against a lab's limits, for a shell of the learner. Each ends by itself after the given time,
 * whatever the wall does, and none needs the network. The benchmark runs them too.
 */
export const ATTACKERS: Readonly<Record<string, (seconds: number) => string>> = {
  /** Forks until the kernel refuses, keeps the children, and goes on asking. Prints how many there were at most. */
  forks: (seconds) =>
    perl(
      seconds,
      `my ($n, $no) = (0, 0); while (time < $end) { my $p = fork; if (!defined $p) { $no++; select undef, undef, undef, 0.002 } elsif (!$p) { sleep($end - time + 1); exit } else { $n++ } } print "forked $n, refused $no\\n"`,
    ),
  /** Takes memory and touches it until it is killed, again and again. */
  memory: (seconds) =>
    `end=$((SECONDS + ${seconds})); n=0; while ((SECONDS < end)); do perl -e 'alarm ${seconds}; my @m; push @m, "x" x 16777216 for 1 .. 4096' 2>/dev/null; n=$((n + 1)); done; echo "killed $n times"`,
  /** Opens files until there are no more. */
  files: (seconds) =>
    perl(
      seconds,
      `my @f; while (open my $f, "<", "/dev/null") { push @f, $f } print "opened ", scalar @f, ": $!\\n"; sleep($end - time) if $end > time`,
    ),
  /** Eight processes that only count. */
  processor: (seconds) =>
    perl(
      seconds,
      'for (1 .. 8) { next if fork; my $i = 0; $i++ while time < $end; exit } 1 while wait > 0; print "burnt\\n"',
    ),
  /** Writes and syncs the same 64 MiB over and over. */
  disk: (seconds) =>
    `end=$((SECONDS + ${seconds})); n=0; while ((SECONDS < end)); do dd if=/dev/zero of=$HOME/.attack-disk bs=1M count=64 conv=fsync 2>/dev/null && n=$((n + 64)); done; rm -f $HOME/.attack-disk; echo "wrote $n MiB"`,
};

function perl(seconds: number, body: string): string {
  return `perl -e 'my $end = time + ${seconds}; ${body}' 2>&1`;
}
