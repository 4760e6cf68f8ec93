import { LabError } from './domain/lab-error.ts';

/**
 * Writes moments as ISO 8601 with the zone's offset at that moment, to the second; nothing for `null`.
 * @param zone IANA name; UTC without
 * @throws {LabError} TIME_ZONE_UNKNOWN
 */
export function zonedTime(zone = 'UTC'): (atMs: number | null) => string | null {
  const format = formatOf(zone);
  return (atMs) => {
    if (atMs === null) return null;
    const part = Object.fromEntries(format.formatToParts(atMs).map(({ type, value }) => [type, value]));
    const offset = part.timeZoneName?.replace('GMT', '') || '+00:00';
    return `${part.year}-${part.month}-${part.day}T${part.hour}:${part.minute}:${part.second}${offset}`;
  };
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US', {
      ...{ timeZone, calendar: 'iso8601', hourCycle: 'h23', timeZoneName: 'longOffset' },
      ...{
        year: 'numeric',
        month: '2-digit',
        day: '2-digit',
        hour: '2-digit',
        minute: '2-digit',
        second: '2-digit',
      },
    });
  } catch {
    throw new LabError('TIME_ZONE_UNKNOWN', 'no such time zone');
  }
}
