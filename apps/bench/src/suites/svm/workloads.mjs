/** What is measured; the goal is the ratio to scikit-learn's time. */
export const WORKLOADS = [
  { name: "digits", title: "SVC fit, digits (1,797×64, ten classes)", goal: { ratio: 1 } },
  { name: "digitsPredict", title: "the same, predict 1,797 rows", goal: { ratio: 1 } },
  { name: "large", title: "SVC fit, 8,000×40, two classes", goal: { ratio: 1 } },
  { name: "largePredict", title: "the same, predict 8,000 rows", goal: { ratio: 1 } },
];
