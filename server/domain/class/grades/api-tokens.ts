import {
  API_TOKENS_MAX,
  type ApiTokenMade,
  type ApiTokenView,
  type NewApiToken,
} from '#contract/class-grades.ts';
import { LabError } from '../../lab-error.ts';
import type { Instructor } from '../../stores.ts';
import type { Cohorts } from '../cohorts.ts';
import { nameOf } from '../read-name.ts';
import type { ApiTokenStore } from './grade-stores.ts';

export interface ApiTokensParts {
  readonly store: ApiTokenStore;
  readonly cohorts: Pick<Cohorts, 'ledBy'>;
  readonly newId: (length: number) => string;
  readonly newToken: () => string;
  readonly nowMs: () => number;
}

/** By it, a key that has found its way into a repository can be recognised. */
const PREFIX = 'rlab_';
const DAY_MS = 24 * 3_600_000;

/** Keys by which an instructor's programs ask the HTTP API. They never do more than the instructor may. */
export class ApiTokens {
  readonly #parts: ApiTokensParts;

  constructor(parts: ApiTokensParts) {
    this.#parts = parts;
  }

  listOf({ id }: Instructor): ApiTokenView[] {
    return this.#parts.store.listOf(id, this.#parts.nowMs());
  }

  /** @throws {LabError} API_TOKEN_LIMIT_REACHED, COHORT_UNKNOWN, NAME_… */
  make(instructor: Instructor, asked: NewApiToken): ApiTokenMade {
    const { store, cohorts, newId, newToken, nowMs } = this.#parts;
    if (asked.cohort !== null) cohorts.ledBy(instructor.id, asked.cohort);
    if (this.listOf(instructor).length >= API_TOKENS_MAX)
      throw new LabError('API_TOKEN_LIMIT_REACHED', `there are ${API_TOKENS_MAX} keys`, {
        params: { limit: API_TOKENS_MAX },
      });
    const createdAtMs = nowMs();
    const view = {
      id: newId(16),
      name: nameOf(asked.name),
      scope: asked.scope,
      cohort: asked.cohort,
      createdAtMs,
      expiresAtMs: createdAtMs + asked.days * DAY_MS,
    };
    const token = `${PREFIX}${newToken()}`;
    store.add(token, view, instructor.id);
    return { token, view: { ...view, lastUsedAtMs: null } };
  }

  /** One that is gone already stays gone. */
  revoke({ id }: Instructor, token: string): void {
    this.#parts.store.revoke(id, token);
  }
}
