export function AppView() {
  return <section class="lp-app" />;
}
