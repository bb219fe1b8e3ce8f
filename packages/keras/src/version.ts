/** The version of Keras whose behaviour this is. */
export const version = "3.15.1";
