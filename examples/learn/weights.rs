//! Multinomial logistic regression, follow the regularised leader: most weights
//! stay nought.

use tongwen::script::context::MOST;

use crate::examples::{Example, Examples, Random};

/// How fast, how sparse, how small, and how often over all examples.
const RATE: f32 = 0.3;
const SPARSE: f32 = 0.7;
const SMALL: f32 = 1e-3;
const ROUNDS: usize = 5;

/// Weights smaller than this are left out.
const LEAST: f32 = 0.12;

/// What is known of one weight.
#[derive(Clone, Copy, Default)]
struct Known {
    sum: f32,
    squares: f32,
}

impl Known {
    fn weight(self) -> f32 {
        if self.sum.abs() <= SPARSE {
            return 0.0;
        }
        let slope = (1.0 + self.squares.sqrt()) / RATE + SMALL;
        -(self.sum - self.sum.signum() * SPARSE) / slope
    }

    fn learn(&mut self, gradient: f32, weight: f32) {
        let squares = self.squares + gradient * gradient;
        let step = (squares.sqrt() - self.squares.sqrt()) / RATE;
        self.sum += gradient - step * weight;
        self.squares = squares;
    }
}

/// The weight of each candidate but the first, for each thing seen.
struct Weights {
    known: Vec<Known>,
    starts: Vec<u32>,
}

/// For what was seen: a candidate's place and its weight.
pub fn learn(examples: &Examples) -> Vec<(u64, usize, f32)> {
    let mut starts = Vec::with_capacity(examples.seen.len());
    let mut len = 0;
    for (_, candidates) in &examples.seen {
        starts.push(len);
        len += u32::from(*candidates) - 1;
    }
    let mut weights = Weights { known: vec![Known::default(); len as usize], starts };
    let mut order: Vec<u32> = (0..examples.all.len() as u32).collect();
    let mut random = Random(88_172_645_463_325_252);
    for _ in 0..ROUNDS {
        for last in (1..order.len()).rev() {
            order.swap(last, (random.next() % (last as u64 + 1)) as usize);
        }
        for at in &order {
            weights.learn(&examples.all[*at as usize]);
        }
    }
    let mut learnt = Vec::new();
    for ((key, candidates), start) in examples.seen.iter().zip(&weights.starts) {
        for candidate in 1..usize::from(*candidates) {
            let weight = weights.known[*start as usize + candidate - 1].weight();
            if weight.abs() >= LEAST {
                learnt.push((*key, candidate, weight));
            }
        }
    }
    learnt.sort_by_key(|(key, candidate, _)| (*key, *candidate));
    learnt
}

impl Weights {
    fn learn(&mut self, example: &Example) {
        let candidates = usize::from(example.candidates);
        let mut shares = [0f32; MOST];
        for seen in &example.seen {
            let start = self.starts[*seen as usize] as usize;
            let known = &self.known[start..start + candidates - 1];
            for (share, known) in shares[1..].iter_mut().zip(known) {
                *share += known.weight();
            }
        }
        to_shares(&mut shares[..candidates]);
        for (candidate, share) in shares[..candidates].iter().enumerate().skip(1) {
            let right = f32::from(u8::from(candidate == usize::from(example.right)));
            let gradient = (share - right) * example.weight;
            if gradient.abs() < 1e-4 {
                continue;
            }
            for seen in &example.seen {
                let known = &mut self.known[self.starts[*seen as usize] as usize + candidate - 1];
                known.learn(gradient, known.weight());
            }
        }
    }
}

/// Scores into probabilities.
fn to_shares(scores: &mut [f32]) {
    let most = scores.iter().copied().fold(f32::MIN, f32::max);
    scores.iter_mut().for_each(|score| *score = (*score - most).exp());
    let sum: f32 = scores.iter().sum();
    scores.iter_mut().for_each(|score| *score /= sum);
}
