import type { Programme } from '#organisations'
import { Chips } from '#ui'

const isWard = ({ template }: Programme) => template.kind === 'virtual ward'

/** The programmes a page can be opened for, wards last on every page; nothing where there is only one. */
export function ProgrammeChips(props: {
  readonly all: readonly Programme[]
  readonly chosen?: Programme
  readonly hrefFor: (key: string) => string
}) {
  const { all, chosen, hrefFor } = props
  if (all.length < 2) return null
  return (
    <Chips
      label="Programme"
      chips={[...all]
        .sort((a, b) => Number(isWard(a)) - Number(isWard(b)))
        .map(({ key, template }) => ({
          href: hrefFor(key),
          words: template.name,
          isCurrent: key === chosen?.key,
        }))}
    />
  )
}
