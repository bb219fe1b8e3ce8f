"""The PyTorch side of the main job: a CNN's state dict, a whole pickled model and a safetensors file, trained on
scikit-learn's digits, with what PyTorch predicts from each and the loss of every step of three more epochs."""

import json
import pathlib
import sys

import numpy as np
import torch
from torch import nn

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))
import fixtures  # noqa: E402

TRAIN, SHOWN, BATCH, EPOCHS = 1500, 32, 50, 3


class DigitsCNN(nn.Module):
    def __init__(self):
        super().__init__()
        # A bias in front of BatchNorm has no gradient but rounding, which Adam makes steps of: no two runs would agree.
        self.conv1 = nn.Conv2d(1, 8, 3, padding=1, bias=False)
        self.bn = nn.BatchNorm2d(8)
        self.conv2 = nn.Conv2d(8, 16, 3, padding=1)
        self.pool = nn.MaxPool2d(2)
        self.drop = nn.Dropout(0.25)
        self.fc1 = nn.Linear(64, 32)
        self.fc2 = nn.Linear(32, 10)

    def forward(self, x):
        x = self.pool(torch.relu(self.bn(self.conv1(x))))
        x = self.pool(torch.relu(self.conv2(x)))
        x = torch.relu(self.fc1(x.flatten(1)))
        return self.fc2(self.drop(x))


class RowGRU(nn.Module):
    def __init__(self):
        super().__init__()
        self.gru = nn.GRU(8, 24, num_layers=2, batch_first=True, bidirectional=True)
        self.norm = nn.LayerNorm(48)
        self.head = nn.Linear(48, 10)

    def forward(self, x):
        out, _ = self.gru(x)
        return self.head(self.norm(out[:, -1]))


def train(model, x, y, epochs, seed):
    """Shuffled minibatches and dropout under one seed; the loss of every step."""
    torch.manual_seed(seed)
    loader = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(x, y), batch_size=BATCH, shuffle=True)
    optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
    loss_fn = nn.CrossEntropyLoss()
    losses = []
    model.train()
    for _ in range(epochs):
        for xb, yb in loader:
            optimizer.zero_grad()
            loss = loss_fn(model(xb), yb)
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
    return losses


def main():
    from safetensors.torch import save_file
    from sklearn.datasets import load_digits

    torch.set_num_threads(1)
    digits = load_digits()
    images, labels = digits.images.astype(np.uint8), digits.target.astype(np.uint8)
    np.savez_compressed(HERE / "digits.npz", images=images, labels=labels)
    x = torch.tensor(images / 16.0, dtype=torch.float32)[:, None]
    y = torch.tensor(labels.astype(np.int64))
    shown = x[TRAIN : TRAIN + SHOWN]

    torch.manual_seed(1)
    cnn = DigitsCNN()
    train(cnn, x[:TRAIN], y[:TRAIN], 1, seed=2)
    torch.save(cnn.state_dict(), HERE / "cnn.pt")
    cnn.eval()
    expected = {"cnn": {"print": str(cnn), "predictions": cnn(shown).detach().numpy()}}
    expected["cnn"]["predictions64"] = DigitsCNN.forward(cnn.double(), shown.double()).detach().numpy()
    cnn.float()
    expected["cnn"]["losses"] = np.array(train(cnn, x[:TRAIN], y[:TRAIN], EPOCHS, seed=3))
    cnn.eval()
    expected["cnn"]["after"] = cnn(shown).detach().numpy()
    expected["cnn"]["accuracy"] = (cnn(x[TRAIN:]).argmax(1) == y[TRAIN:]).double().mean().item()

    torch.manual_seed(4)
    mlp = nn.Sequential(nn.Flatten(), nn.Linear(64, 32), nn.Tanh(), nn.Dropout(0.1), nn.Linear(32, 10), nn.LogSoftmax(dim=1))
    mlp.eval()
    torch.save(mlp, HERE / "mlp_whole.pt")
    expected["mlp"] = {"print": str(mlp), "predictions": mlp(shown).detach().numpy()}

    torch.manual_seed(5)
    gru = RowGRU().eval()
    save_file(gru.state_dict(), HERE / "gru.safetensors", metadata={"format": "pt"})
    expected["gru"] = {"print": str(gru), "predictions": gru(shown[:, 0]).detach().numpy()}

    fixtures.save(__file__, [{"name": k, **v} for k, v in expected.items()], "torch", "torch.json")
    for name, library in [("digits.npz", "scikit-learn"), ("cnn.pt", "torch"), ("mlp_whole.pt", "torch"), ("gru.safetensors", "safetensors")]:
        fixtures.lock(HERE / name, library)
    print(json.dumps({"accuracy": expected["cnn"]["accuracy"], "losses": expected["cnn"]["losses"][[0, -1]].tolist()}))


if __name__ == "__main__":
    main()
