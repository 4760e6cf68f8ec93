// Entry of every npm script. Only syntax that any Node since 12 can parse, so that an old one gets a sentence
// instead of a syntax error.
const major = Number(process.versions.node.split('.')[0]);

if (process.platform === 'win32') {
  console.error(
    'rollout-lab: Windows itself is not supported. Run it inside WSL 2 (a Linux), or on Linux or macOS.',
  );
  process.exitCode = 1;
} else if (major < 18) {
  console.error(
    `rollout-lab: this is Node ${process.versions.node}; the set-up needs Node 18 or newer. ` +
      'It brings its own newer Node for everything else.',
  );
  process.exitCode = 1;
} else {
  import('./cli.mjs').then(({ main }) => main(process.argv.slice(2)));
}
