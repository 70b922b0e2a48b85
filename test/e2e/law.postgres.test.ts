import { conservationLaw } from "../law/conservationLaw.ts";

conservationLaw("postgres");
