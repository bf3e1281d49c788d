/** The command line grammar: the one door to its library. */
export { Command, InvalidArgumentError, Option } from 'commander'
