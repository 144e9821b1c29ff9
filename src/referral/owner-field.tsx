import type { Programme } from '#organisations'
import { Radios, Select } from '#ui'
import { caseloadOf, ownerWords } from './rules.ts'
import type { PossibleOwner } from './types.ts'

/** Who will hold it: names with their load, least loaded first, none chosen. Sent as "team id/staff id". */
export function OwnerField(props: {
  readonly label: string
  readonly owners: readonly PossibleOwner[]
  readonly programme: Programme
}) {
  const { label, owners, programme } = props
  const hasTeams = new Set(owners.map(({ teamId }) => teamId)).size > 1
  const choices = owners.map((owner) => ({
    value: `${owner.teamId}/${owner.staffId}`,
    words:
      ownerWords(owner, caseloadOf(owner, owners, programme.template.caseload)) +
      (hasTeams ? `, ${owner.teamName}` : ''),
  }))
  if (choices.length === 0) {
    return (
      <p id="owner">No team of this programme has a case manager yet. Ask your administrator to add one.</p>
    )
  }
  const hint = 'Open episodes of how many they may hold, fewest first'
  return choices.length > 7 ? (
    <Select name="owner" label={label} hint={hint} prompt="Choose a person" choices={choices} />
  ) : (
    <Radios name="owner" label={label} hint={hint} choices={choices} />
  )
}

/** The team and the worker of a choice. Of anything else: nobody. */
export function splitOwner(choice: string): { readonly teamId: string; readonly ownerId: string } {
  const [teamId = '', ownerId = ''] = choice.split('/')
  return { teamId, ownerId }
}
