import type { Answer, Asked, Problem, StaffVisit } from '#access'
import { isSwitchedOn } from '#organisations'
import { Button, DataTable, FileField, Panel, PostForm, renderPage } from '#ui'
import { addressOf, kitAddress, queueAddress, takeInAddress } from './addresses.ts'
import { takeInAlerts } from './alert-actions.ts'

const columns: readonly { readonly name: string; readonly holds: string }[] = [
  { name: 'message_id', holds: 'The product’s own number of the alert. The same one is never taken twice' },
  { name: 'product', holds: 'How the product names itself' },
  { name: 'serial', holds: 'The serial that is on the kit' },
  {
    name: 'happened_at',
    holds: 'When it happened: 2026-03-30T22:20:00Z, with an offset, or as a clock in London shows it',
  },
  { name: 'level', holds: 'The product’s own word for how bad it is. May be empty' },
  { name: 'words', holds: 'What the product says' },
]

/** The form that takes in a product’s file. */
export async function showTakeIn(
  visit: StaffVisit,
  asked: Asked,
  problems: readonly Problem[] = [],
): Promise<Answer> {
  const isOn = await isSwitchedOn(visit.db, 'kit alerts')
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Take in alerts from a product',
    back: { href: kitAddress, words: 'Kit' },
    lead: 'Each goes to the case manager of whoever had the kit when it happened. What cannot be given to anybody waits where you see it.',
    isStamped: true,
    problems,
    typed: problems.length > 0 ? asked.form.typed : undefined,
    children: (
      <>
        <Panel kind="caution" heading="This is not an alarm" isSmall>
          <p>
            An alert is here once its file is taken in, and not before. Whoever must act at once has to hear
            it from the product itself.
          </p>
        </Panel>
        {isOn ? (
          <PostForm action={takeInAddress} takesFile>
            <FileField
              name="chosen"
              label="The file of alerts"
              hint="CSV with commas, in UTF-8, 256 KB or less"
              accept=".csv,.txt"
            />
            <Button>Take it in</Button>
          </PostForm>
        ) : (
          <Panel kind="neutral" heading="Alerts of kit are off">
            <p>
              The clinical safety officer switches them on under Purposes, once they accept what they are
              meant for.
            </p>
          </Panel>
        )}
        <DataTable
          caption="The columns of the file"
          rows={columns}
          keyOf={({ name }) => name}
          columns={[
            { head: 'Column', cell: ({ name }) => name, width: 'narrow' },
            { head: 'Holds', cell: ({ holds }) => holds },
          ]}
        />
      </>
    ),
  })
  return { kind: 'page', html, status: problems.length > 0 ? 422 : 200 }
}

/** Takes a file in, and goes to what became of it. */
export async function sendTakeIn(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const { file } = asked
  if (file?.mistake !== undefined)
    return showTakeIn(visit, asked, [{ field: 'chosen', message: file.mistake }])
  if (!file) return showTakeIn(visit, asked, [{ field: 'chosen', message: 'Choose the file of alerts' }])
  const here = visit.caller.organisation.id
  const outcome = await takeInAlerts(visit, here, { called: 'The file', text: file.text })
  if (!outcome.ok) return showTakeIn(visit, asked, outcome.problems)
  return {
    kind: 'go',
    to: addressOf(queueAddress, { file: outcome.value.deliveryId }),
    saved: 'Taken in. Each alert is given in a moment.',
  }
}
