import type { z } from 'zod';

interface DescribedIssue {
  readonly path: readonly PropertyKey[];
  readonly problem: string;
}

/** What is wrong, in a sentence that names the key. */
export function describeIssue(issue: z.core.$ZodIssue): DescribedIssue[] {
  const name = pathText(issue.path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        path: [...issue.path, key],
        problem: `Unknown key "${key}"${name === '' ? '' : ` in ${name}`}. Is it misspelt?`,
      }));
    case 'invalid_type':
      return [
        {
          path: issue.path,
          problem: `${name || 'The file'} must be ${article(issue.expected)}.${absence(issue)}`,
        },
      ];
    case 'invalid_value':
      return [{ path: issue.path, problem: `${name} must be ${issue.values.map(String).join(' or ')}.` }];
    case 'invalid_format':
      return [{ path: issue.path, problem: `${name} has the wrong form: ${issue.message}.` }];
    case 'invalid_key':
      return [{ path: issue.path, problem: `The key ${name} has the wrong form.` }];
    case 'invalid_union': {
      const fitting = fittingForm(issue.errors);
      if (fitting !== null) {
        return fitting.flatMap((inner) => describeIssue({ ...inner, path: [...issue.path, ...inner.path] }));
      }
      return [{ path: issue.path, problem: `${name} has none of the forms allowed here.` }];
    }
    default:
      return [{ path: issue.path, problem: `${name || 'The file'}: ${issue.message}.` }];
  }
}

/** The one form that the author seems to have meant: what is wrong lies inside it. */
function fittingForm(forms: readonly (readonly z.core.$ZodIssue[])[]): readonly z.core.$ZodIssue[] | null {
  const inside = forms.filter((issues) => issues.every((issue) => issue.path.length > 0));
  return inside.length === 1 ? (inside[0] ?? null) : null;
}

function absence(issue: { readonly input?: unknown; readonly message: string }): string {
  return issue.message.endsWith('received undefined') ? ' It is missing.' : '';
}

function article(type: string): string {
  if (type === 'record') return 'a map';
  if (type === 'array') return 'a list';
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}

function pathText(path: readonly PropertyKey[]): string {
  return path.length === 0 ? '' : `"${path.map(String).join('.')}"`;
}
