/** Where a long run says what it does: standard error, so that standard output stays machine-readable. */
export type Progress = (line: string) => void;

export function stderrProgress(): Progress {
  const startedAtMs = performance.now();
  return (line) => {
    const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(1).padStart(6);
    process.stderr.write(`${seconds} s  ${line}\n`);
  };
}
