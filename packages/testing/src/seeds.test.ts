import { portsOfSeeds } from "./seeds.js";

portsOfSeeds(0, 2);
