import { singletons } from "../../deployment/singletons.ts";
import { stepsModule } from "../stepsModule.ts";

/** For a chain that has none of them; `npm run deploy` leaves out what stands already. */
export default stepsModule("Singletons", singletons().steps);
