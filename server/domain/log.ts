/** The part of pino that the domain uses: an event's data first, its fixed name second. */
export interface Log {
  debug(data: object, event: string): void;
  info(data: object, event: string): void;
  warn(data: object, event: string): void;
  error(data: object, event: string): void;
}
