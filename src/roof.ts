// Pages that no room owns: they put together what several rooms offer.
export { personScreens } from './person-page.tsx'
