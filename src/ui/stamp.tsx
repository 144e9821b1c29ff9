import { usePage } from './context.ts'

/** The dashed stamp of made-up data; nothing at all in a real installation. */
export function SyntheticStamp() {
  if (!usePage().synthetic) return null
  return (
    <p className="kw-stamp">
      <b>SYNTHETIC</b> Made-up people. Not evidence about any real service.
    </p>
  )
}
