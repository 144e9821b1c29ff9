import { type Form, isReference, type Problem } from '#access'
import { type LondonDate, readDateBoxes } from '#calendar'
import { actionKinds } from './action-kinds.data.ts'
import { fieldNames } from './rules.ts'
import type { AgreedBy, Choice, LineField, PlanDraft } from './types.ts'

/** A plan's form as its fields: each name with its text. */
export type Values = Readonly<Record<string, string>>

/** How many goals, actions of each goal and if-thens a form has: each row carries its id in a hidden field. */
export function shapeOf(values: Values): { readonly goals: readonly number[]; readonly ifThens: number } {
  const count = (name: (at: number) => string): number => {
    let rows = 0
    while (`${name(rows)}-id` in values) rows++
    return rows
  }
  const goals = Array.from({ length: count(fieldNames.goal) }, (_, goal) =>
    count((action) => fieldNames.action(goal, action)),
  )
  return { goals, ifThens: count(fieldNames.ifWords) }
}

const boxes = (name: string, on: LondonDate | undefined): Values => {
  const [year = '', month = '', day = ''] = on?.split('-') ?? []
  return { [`${name}-day`]: trim(day), [`${name}-month`]: trim(month), [`${name}-year`]: year }
}
const trim = (text: string) => text.replace(/^0/, '')

/** A draft as the fields of its form. @param newId gives every row without an id its own, so that a second send is the same row. */
export function valuesOf(draft: PlanDraft, newId: () => string): Values {
  const values: Record<string, string> = {
    from: String(draft.from),
    [fieldNames.whatMatters]: draft.whatMatters,
    ...boxes(fieldNames.reviewOn, draft.reviewOn),
  }
  draft.goals.forEach((goal, at) => {
    values[`${fieldNames.goal(at)}-id`] = goal.id ?? newId()
    values[fieldNames.goal(at)] = goal.words
    goal.actions.forEach((action, place) => {
      values[`${fieldNames.action(at, place)}-id`] = action.id ?? newId()
      values[fieldNames.action(at, place)] = action.what
      values[fieldNames.kind(at, place)] = action.kind ?? ''
      values[fieldNames.owner(at, place)] = action.owner ?? ''
      values[fieldNames.isForOutOfHours(at, place)] = action.isForOutOfHours ? 'yes' : ''
      Object.assign(values, boxes(fieldNames.dueOn(at, place), action.dueOn))
    })
  })
  draft.ifThens.forEach((line, at) => {
    values[`${fieldNames.ifWords(at)}-id`] = line.id ?? newId()
    values[fieldNames.ifWords(at)] = line.if
    values[fieldNames.thenWords(at)] = line.do
    values[fieldNames.callWords(at)] = line.call ?? ''
  })
  return values
}

/** The draft a form starts from, with one empty row where there is none. */
export function withEmptyRows(draft: PlanDraft): PlanDraft {
  const emptyGoal = { words: '', actions: [{ what: '' }] }
  const goals = draft.goals.length === 0 ? [emptyGoal] : draft.goals
  return {
    ...draft,
    goals: goals.map((goal) => ({
      ...goal,
      actions: goal.actions.length === 0 ? [{ what: '' }] : goal.actions,
    })),
    ifThens: draft.ifThens.length === 0 ? [{ if: '', do: '' }] : draft.ifThens,
  }
}

/** What "Add another" asks for: a goal, an action of the goal so many places down, or an if-then. */
export function withRowAdded(values: Values, wanted: string, newId: () => string): Values {
  const shape = shapeOf(values)
  const action = (goal: number) => ({
    [`${fieldNames.action(goal, shape.goals[goal] ?? 0)}-id`]: newId(),
  })
  if (wanted === 'add goal') {
    const goal = shape.goals.length
    return { ...values, [`${fieldNames.goal(goal)}-id`]: newId(), ...action(goal) }
  }
  if (wanted === 'add if') return { ...values, [`${fieldNames.ifWords(shape.ifThens)}-id`]: newId() }
  const goal = Number(/^add action (\d+)$/.exec(wanted)?.[1])
  return Number.isInteger(goal) && goal < shape.goals.length ? { ...values, ...action(goal) } : values
}

type Read = { readonly draft: PlanDraft; readonly problems: readonly Problem[] }

/** Reads a plan's form. @returns the draft, and the dates that are no dates of the calendar. */
export function readForm(form: Form): Read {
  const problems: Problem[] = []
  const text = form.text
  const id = (name: string) => (isReference(text(`${name}-id`)) ? text(`${name}-id`) : undefined)
  const date = (name: string, said: string): LondonDate | undefined => {
    const [day, month, year] = ['day', 'month', 'year'].map((part) => text(`${name}-${part}`))
    if (!day && !month && !year) return undefined
    const on = readDateBoxes(day ?? '', month ?? '', year ?? '')
    if (!on) problems.push({ field: name, message: `${said} must be a real date, like 27 3 2026` })
    return on
  }
  const shape = shapeOf(form.typed)
  const draft: PlanDraft = {
    from: Number(text('from')) || 0,
    whatMatters: text(fieldNames.whatMatters),
    goals: shape.goals.map((actions, at) => ({
      id: id(fieldNames.goal(at)),
      words: text(fieldNames.goal(at)),
      actions: Array.from({ length: actions }, (_, place) => ({
        id: id(fieldNames.action(at, place)),
        what: text(fieldNames.action(at, place)),
        kind: actionKinds.find((kind) => kind === text(fieldNames.kind(at, place))),
        owner: text(fieldNames.owner(at, place)) || undefined,
        dueOn: date(fieldNames.dueOn(at, place), 'Due date'),
        isForOutOfHours: text(fieldNames.isForOutOfHours(at, place)) === 'yes',
      })),
    })),
    ifThens: Array.from({ length: shape.ifThens }, (_, at) => ({
      id: id(fieldNames.ifWords(at)),
      if: text(fieldNames.ifWords(at)),
      do: text(fieldNames.thenWords(at)),
      call: text(fieldNames.callWords(at)),
    })),
    reviewOn: date(fieldNames.reviewOn, 'Review date'),
    ...readAgreement(form, date, problems),
    seen: Number(text('seen')) || undefined,
    choices: readChoices(form),
  }
  return { draft, problems }
}

const agreedBys: readonly AgreedBy[] = ['the person', 'somebody who may decide for them']

function readAgreement(
  form: Form,
  date: (name: string, said: string) => LondonDate | undefined,
  problems: Problem[],
): Pick<PlanDraft, 'agreement'> {
  const answer = form.text(fieldNames.agreedBy)
  if (answer === 'not yet') return {}
  const by = agreedBys.find((one) => one === answer)
  if (!by) {
    problems.push({ field: fieldNames.agreedBy, message: 'Select who has agreed this plan' })
    return {}
  }
  const before = problems.length
  const on = date(fieldNames.agreedOn, 'Date of agreement')
  if (on) return { agreement: { by, on, with: form.text(fieldNames.agreedWith) || undefined } }
  if (problems.length === before) {
    problems.push({ field: fieldNames.agreedOn, message: 'Enter when it was agreed' })
  }
  return {}
}

/** The name of the radios that choose a side of a clash. */
export const choiceName = (clash: Pick<Choice, 'lineId' | 'field'>): string =>
  `keep.${clash.lineId}.${clash.field}`

const lineFields: readonly LineField[] = [
  'words',
  'thenWords',
  'callWords',
  'actionKind',
  'owner',
  'dueOn',
  'isForOutOfHours',
  'line',
]

const readChoices = (form: Form): readonly Choice[] =>
  Object.keys(form.typed).flatMap((name) => {
    const [keep, lineId = '', asked = ''] = name.split('.')
    const field = lineFields.find((one) => one === asked)
    const answer = form.text(name)
    const isAnswer = answer === 'theirs' || answer === 'mine'
    return keep === 'keep' && field && isAnswer ? [{ lineId, field, keep: answer }] : []
  })
