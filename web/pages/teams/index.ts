/** Pages of teams, in one bundle. */
export { JoinPage } from './join.tsx'
export { TeamPage } from './team.tsx'
export { TeamsPage } from './teams.tsx'
