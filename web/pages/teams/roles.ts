import type { TeamRole } from '../../api/teams.ts'

export const roleTexts: Record<TeamRole, { readonly name: string; readonly may: string }> = {
  viewer: { name: 'Viewer', may: 'reads and comments' },
  editor: { name: 'Editor', may: 'also changes proposals' },
  owner: { name: 'Owner', may: 'also decides who is in the team' },
}
export const roleOptions = (Object.keys(roleTexts) as TeamRole[]).map(
  (role) => [role, roleTexts[role].name] as const, // the keys of the record
)
