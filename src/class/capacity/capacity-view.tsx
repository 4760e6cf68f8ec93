import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { CapacityView as Capacity } from '#contract/class-capacity.ts';
import type { CareCourse } from '#contract/class-care.ts';
import { fetchCapacity } from '../../api-client/capacity-api.ts';
import { fetchCareCourse } from '../../api-client/care-api.ts';
import { type LabProblem, problemFrom } from '../../api-client/lab-problem.ts';
import { ProblemNote } from '../../forms/problem-note.tsx';
import { useClass } from '../class-context.ts';
import { MachineCard } from './machine-card.tsx';
import { QueueCard } from './queue-card.tsx';
import { WarmCard } from './warm-card.tsx';

const REFRESH_EVERY_MS = 5_000;

/** What the machine holds, who waits for it, and labs that are booted ahead. */
export function CapacityView({ cohort }: { cohort: string }) {
  const { language, texts } = useClass();
  const capacity = useSignal<Capacity | null>(null);
  const course = useSignal<CareCourse | null>(null);
  const problem = useSignal<LabProblem | null>(null);
  const load = async () => {
    try {
      course.value ??= await fetchCareCourse(cohort);
      capacity.value = await fetchCapacity(cohort);
      problem.value = null;
    } catch (fault) {
      problem.value = problemFrom(fault);
    }
  };
  useEffect(() => {
    void load();
    const timer = setInterval(() => {
      if (!document.hidden) void load();
    }, REFRESH_EVERY_MS);
    return () => clearInterval(timer);
  }, [cohort]);
  if (capacity.value === null || course.value === null)
    return (
      <>
        {problem.value === null && <p class="fm-quiet">{texts.loading}</p>}
        <ProblemNote problem={problem.value} language={language} />
      </>
    );
  return (
    <>
      <ProblemNote problem={problem.value} language={language} />
      <MachineCard machine={capacity.value.machine} />
      <QueueCard queue={capacity.value.queue} waiting={capacity.value.machine?.waiting ?? 0} />
      <WarmCard
        cohort={cohort}
        labs={course.value.labs}
        plans={capacity.value.plans}
        plannedByOthers={capacity.value.plannedByOthers}
        onChange={load}
      />
    </>
  );
}
