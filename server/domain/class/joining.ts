import type { JoinState } from '#contract/class-api.ts';
import { plainCode } from '#contract/class-codes.ts';
import { type CohortId, LearnerId } from '#contract/ids.ts';
import { LabError } from '../lab-error.ts';
import type { Cohort, CohortStore, Enrolment, EnrolmentStore } from './class-stores.ts';
import type { CodeGuesses } from './code-guesses.ts';
import { joinState } from './cohorts.ts';
import { distinctName, nameOf } from './read-name.ts';

export interface JoiningParts {
  readonly cohorts: CohortStore;
  readonly enrolments: EnrolmentStore;
  readonly guesses: CodeGuesses;
  readonly newId: (length: number) => string;
  readonly newReturnCode: () => string;
  readonly nowMs: () => number;
  /** Somebody has come. */
  readonly onChange: (cohortId: CohortId) => void;
}

export interface Joined {
  readonly enrolment: Enrolment;
  readonly cohort: Cohort;
}

const REFUSALS = {
  'not-yet': 'JOIN_NOT_OPEN_YET',
  closed: 'JOIN_CLOSED',
  paused: 'JOIN_PAUSED',
  full: 'JOIN_FULL',
} as const satisfies Record<Exclude<JoinState, 'open'>, string>;

/** How a learner gets into a cohort: by its join code, and back by their own return code. */
export class Joining {
  readonly #parts: JoiningParts;

  constructor(parts: JoiningParts) {
    this.#parts = parts;
  }

  /** @throws {LabError} JOIN_CODE_UNKNOWN, JOIN_NOT_OPEN_YET, JOIN_CLOSED, JOIN_PAUSED, JOIN_FULL, TOO_MANY_TRIES */
  look(typedCode: string, address: string): Cohort {
    const { cohorts, guesses } = this.#parts;
    const cohort = guesses.guess(address, () => cohorts.withJoinCode(plainCode(typedCode)));
    if (cohort === null) throw new LabError('JOIN_CODE_UNKNOWN', 'no cohort has this join code');
    this.#checkOpen(cohort);
    return cohort;
  }

  /** Takes a seat. @throws {LabError} as `look`, and what is wrong with the name */
  join(
    request: { readonly code: string; readonly name: string },
    address: string,
  ): Joined & { returnCode: string } {
    const { enrolments, newId, newReturnCode, nowMs, onChange } = this.#parts;
    const name = nameOf(request.name);
    // Nothing is awaited between the look at the seats and the taking of one: two can't get the last.
    const joined = enrolments.together(() => {
      const cohort = this.look(request.code, address);
      const returnCode = newReturnCode();
      const enrolment: Enrolment = {
        id: LearnerId.parse(newId(16)),
        name: distinctName(name, enrolments.nameKeys(cohort.id)),
        cohortId: cohort.id,
        createdAtMs: nowMs(),
        joinedAtMs: nowMs(),
      };
      enrolments.add({ ...enrolment, returnCode });
      return { enrolment, cohort, returnCode };
    });
    onChange(joined.cohort.id);
    return joined;
  }

  /** Also when joining is over or paused: the seat is theirs. @throws {LabError} RETURN_CODE_UNKNOWN, TOO_MANY_TRIES */
  return(typedCode: string, address: string): Joined {
    const { cohorts, enrolments, guesses, nowMs } = this.#parts;
    const enrolment = guesses.guess(address, () => enrolments.withReturnCode(plainCode(typedCode)));
    const cohort = enrolment === null ? null : cohorts.get(enrolment.cohortId);
    if (enrolment === null || cohort === null)
      throw new LabError('RETURN_CODE_UNKNOWN', 'no learner has this return code');
    enrolments.setJoined(enrolment.id, nowMs());
    return { enrolment, cohort };
  }

  /** A new return code; the one before leads nowhere. */
  renewReturnCode(learnerId: LearnerId): string {
    const returnCode = this.#parts.newReturnCode();
    this.#parts.enrolments.setReturnCode(learnerId, returnCode);
    return returnCode;
  }

  #checkOpen(cohort: Cohort): void {
    const state = joinState(cohort, this.#parts.enrolments.seatsTaken(cohort.id), this.#parts.nowMs());
    if (state === 'open') return;
    const params = { seats: cohort.seats };
    throw new LabError(REFUSALS[state], `joining ${cohort.id} is ${state}`, { params });
  }
}
