import { callTests } from "./golden.test.helper.js";

callTests("corners");
