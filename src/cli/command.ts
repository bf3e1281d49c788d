/** The command line grammar: the one door to its library. */
export { Command, Option } from 'commander'
