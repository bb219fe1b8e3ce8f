import { portsOfSeeds } from "./seeds.js";

portsOfSeeds(1, 2);
