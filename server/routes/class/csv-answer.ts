import { z } from 'zod';

/** For the API's description: a route that answers with CSV. */
export const CSV_ANSWER = { description: 'CSV in UTF-8', content: { 'text/csv': { schema: z.string() } } };
