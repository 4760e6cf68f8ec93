import { LEARNER_FILTERS, LEARNER_ORDERS, type LearnerFilter, type LearnerOrder } from './shown-learners.ts';

/** What of the class view is in its address, so that it survives a reload and the way back from a learner's page. */
export interface LiveAddress {
  readonly filter: LearnerFilter;
  readonly order: LearnerOrder;
  readonly search: string;
}

export function readLiveAddress(search: string): LiveAddress {
  const address = new URLSearchParams(search);
  return {
    filter: LEARNER_FILTERS.find((filter) => filter === address.get('show')) ?? 'all',
    order: LEARNER_ORDERS.find((order) => order === address.get('order')) ?? 'need',
    search: address.get('name') ?? '',
  };
}

export function liveHref(
  cohort: string,
  { filter, order, search }: LiveAddress,
  learner: string | null = null,
): string {
  return `?${new URLSearchParams({
    cohort,
    view: 'live',
    ...(filter === 'all' ? {} : { show: filter }),
    ...(order === 'need' ? {} : { order }),
    ...(search === '' ? {} : { name: search }),
    ...(learner === null ? {} : { learner }),
  })}`;
}
