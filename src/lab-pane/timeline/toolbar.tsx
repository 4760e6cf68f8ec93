import type { ComponentChildren } from 'preact';
import type { ServiceRef } from '#contract/swarm-history.ts';
import { shortName } from './foreign-text.ts';
import type { Choice } from './rollout-choice.ts';
import type { TimelineTexts } from './texts.ts';
import type { TimelineState } from './timeline-state.ts';

interface ToolbarProps {
  readonly state: TimelineState;
  readonly service: ServiceRef;
  readonly texts: TimelineTexts;
  readonly nameOf: (choice: Choice) => string;
  readonly children: ComponentChildren;
}

/** Which service, which rollout, and how it is shown. */
export function Toolbar({ state, service, texts, nameOf, children }: ToolbarProps) {
  const names = [...new Set(state.services.value.map(({ name }) => name))];
  const choice = state.choice.value;
  const choices = state.choices.value;
  const others = state.others.value;
  const isComparing = state.isComparing.value;
  const isLive = choice.kind !== 'kept' && state.choiceKey.value === null && state.cursorMs.value === null;
  const canCompare = choice.kind !== 'recent' && others.length > 0;
  return (
    <div class="lp-tl-bar">
      {names.length > 1 && (
        <select
          aria-label={texts.service}
          value={service.name}
          onChange={({ currentTarget }) => {
            state.serviceName.value = currentTarget.value;
            state.follow();
          }}
        >
          {names.map((name) => (
            <option key={name} value={name}>
              {shortName(name)}
            </option>
          ))}
        </select>
      )}
      <Chooser
        label={isComparing ? texts.comparison.first : texts.rollout}
        choices={choices}
        value={choice.key}
        onChange={(key) => state.choose(key)}
        {...{ texts, nameOf }}
      />
      {isComparing && canCompare && (
        <Chooser
          label={texts.comparison.second}
          choices={others}
          value={state.other.value?.key ?? ''}
          onChange={(key) => {
            state.otherKey.value = key;
          }}
          {...{ texts, nameOf }}
        />
      )}
      <span class="lp-tl-buttons">
        <button
          type="button"
          class="lp-button lp-tl-live"
          aria-pressed={isLive}
          title={isLive ? undefined : texts.liveOff}
          onClick={() => state.follow()}
        >
          <span aria-hidden="true" />
          {texts.live}
        </button>
        <Toggle label={texts.text} value={state.isText} />
        <Toggle
          label={texts.compare}
          value={state.isComparing}
          disabled={!canCompare && !isComparing}
          title={canCompare ? undefined : texts.comparison.only}
        />
        {children}
      </span>
    </div>
  );
}

interface ChooserProps {
  readonly label: string;
  readonly choices: readonly Choice[];
  readonly value: string;
  readonly onChange: (key: string) => void;
  readonly texts: TimelineTexts;
  readonly nameOf: (choice: Choice) => string;
}

function Chooser({ label, choices, value, onChange, texts, nameOf }: ChooserProps) {
  const now = choices.filter(({ kind }) => kind !== 'kept');
  const before = choices.filter(({ kind }) => kind === 'kept');
  const option = (choice: Choice) => (
    <option key={choice.key} value={choice.key}>
      {nameOf(choice)}
    </option>
  );
  return (
    <select
      class="lp-tl-chooser"
      aria-label={label}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    >
      {now.map(option)}
      {before.length > 0 && <optgroup label={texts.earlier}>{before.map(option)}</optgroup>}
    </select>
  );
}

interface ToggleProps {
  readonly label: string;
  readonly value: { value: boolean };
  readonly disabled?: boolean;
  readonly title?: string | undefined;
}

function Toggle({ label, value, disabled = false, title }: ToggleProps) {
  return (
    <button
      type="button"
      class="lp-button"
      aria-pressed={value.value}
      disabled={disabled}
      title={title}
      onClick={() => {
        value.value = !value.value;
      }}
    >
      {label}
    </button>
  );
}
