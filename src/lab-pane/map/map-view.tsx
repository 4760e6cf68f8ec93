export function MapView() {
  return <section class="lp-map" />;
}
